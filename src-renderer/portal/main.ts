import { enhanceComposing } from './compose.ts';
import { watchIdle } from './idle.ts';
import { enhancePages } from './pages.ts';

// Small comforts. Every page of the portal works without them.
enhancePages();
enhanceComposing();
watchIdle();
