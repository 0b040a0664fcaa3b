/** What `checkImage` looks at in Node: files and bytes (`Buffer` is a view). Formats only a browser decodes stay unchecked. */
export type ImageSource = Blob | ArrayBuffer | ArrayBufferView;
