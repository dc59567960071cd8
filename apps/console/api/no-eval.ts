import { config } from 'zod';

// Before any schema is made: zod would try whether it may evaluate text, which the content security policy reports.
config({ jitless: true });
