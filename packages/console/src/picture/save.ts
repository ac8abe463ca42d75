/** Gives the person a file of this page's own making. */
export function save(name: string, address: string): void {
  const link = document.createElement('a');
  link.download = name;
  link.href = address;
  link.click();
}

export const saveText = (name: string, type: string, text: string): void =>
  save(name, `data:${type};charset=utf-8,${encodeURIComponent(text)}`);

export function saveBytes(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  save(name, address);
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
