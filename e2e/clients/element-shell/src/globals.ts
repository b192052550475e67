// esbuild puts this in wherever the SDK reads the Node global of that name.
export { Buffer } from 'buffer';
