/** The report's style as a file; made by the plugin in vite.config.ts. */
declare module 'virtual:report.css';
