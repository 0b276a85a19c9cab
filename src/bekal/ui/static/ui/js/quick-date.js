// "Hari ini" and "Kemarin": the server has written the unit's own days into the buttons.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-quick-date]");
  if (!button) return;
  const input = document.getElementById(button.dataset.for);
  input.value = button.dataset.quickDate;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  input.focus();
});
