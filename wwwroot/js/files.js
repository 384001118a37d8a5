// A file that is too large is said at once, before it is sent: <input type="file" data-largest="20971520" data-largest-says="…">.
// The server refuses it as well, and also what is blocked.
document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.type !== "file" || !input.dataset.largest) return;
  const tooLarge = [...input.files].find((file) => file.size > Number(input.dataset.largest));
  input.setCustomValidity(tooLarge ? `${tooLarge.name}: ${input.dataset.largestSays}` : "");
  if (tooLarge) input.reportValidity();
});
