/** Gives the person a file of this page's own making. */
export function save(name: string, address: string): void {
  const link = document.createElement('a');
  link.download = name;
  link.href = address;
  link.click();
}

export const saveText = (name: string, type: string, text: string): void =>
  save(name, `data:${type};charset=utf-8,${encodeURIComponent(text)}`);
