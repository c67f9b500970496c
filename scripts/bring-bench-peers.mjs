// Brings the address-book servers that `npm run bench address-books` compares with.
import { bringBenchPeers } from './test-tools.mjs';

bringBenchPeers();
