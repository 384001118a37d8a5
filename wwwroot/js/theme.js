// Resolves <html data-bs-theme="auto"> to light or dark before the first paint. Loaded blocking, in the head, not as a module.
// <html data-bs-theme="light|dark|auto">: light and dark are left as they are.
(() => {
  const root = document.documentElement;
  if (root.dataset.bsTheme !== "auto") return;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    root.dataset.bsTheme = dark.matches ? "dark" : "light";
    document.dispatchEvent(new Event("theme:changed"));
  };
  apply();
  dark.addEventListener("change", apply);
})();
