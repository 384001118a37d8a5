// <button type="button" data-print>: the browser's own print dialog. Without scripts there is always the browser's menu.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) print();
});
