import { contextOf, type Routes } from '../http/scopes.ts';
import { previewPortal } from './preview-page.tsx';
import { PortalPreview, PortalPreviewInput } from './preview.contract.ts';

/** The portal with settings that are still being chosen, for the console's preview. */
export const portalPreviewRoutes: Routes = (app) => {
  app.post('/portal/preview', { schema: { body: PortalPreviewInput, response: { 200: PortalPreview } } }, (request) =>
    previewPortal(contextOf(request), request.body),
  );
};
