import { ActionIcon, Button, type ActionIconProps, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

// Links that look like buttons: they go somewhere, so they can be opened in a new window and read as links.

type Anchor = Omit<ComponentPropsWithRef<'a'>, keyof ButtonProps | 'children'>;

function AnchorButton(props: ButtonProps & Anchor) {
  return <Button component="a" {...props} />;
}

function AnchorIcon(props: ActionIconProps & Omit<ComponentPropsWithRef<'a'>, keyof ActionIconProps | 'children'>) {
  return <ActionIcon component="a" {...props} />;
}

/** A button that goes to a screen. */
export const ButtonLink = createLink(AnchorButton);

/** An icon that goes to a screen; give it an `aria-label`. */
export const IconLink = createLink(AnchorIcon);
