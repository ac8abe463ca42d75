/**
 * Asks this process to end when the one that started it is gone. npm passes a SIGTERM to the shell that it runs a script
 * in; that dies of it and tells us nothing.
 */
export function endWithParent() {
  const parent = process.ppid;
  const watching = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watching);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watching.unref();
}
