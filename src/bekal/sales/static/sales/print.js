// Printing is the browser's own; without script its menu prints the same paper.
document.addEventListener("click", (event) => {
  if (event.target.closest("button[data-print]")) print();
});
