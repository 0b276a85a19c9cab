// Minus and plus beside a number that can also be typed. Markup: {% stepper %}.
function step(button) {
  const input = button.closest("[data-stepper]").querySelector("input");
  const now = Number.parseInt(input.value.replaceAll(".", ""), 10) || 0;
  const next = now + Number(button.dataset.step);
  const least = Number(input.dataset.min ?? 0);
  const most = Number(input.dataset.max ?? Number.MAX_SAFE_INTEGER);
  input.value = String(Math.min(Math.max(next, least), most));
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-stepper] button[data-step]");
  if (button) step(button);
});
