// "48000" becomes "48.000" on leaving the field; what can't be read stays as it was typed.
document.addEventListener("focusout", (event) => {
  const input = event.target;
  if (!input.matches?.("input[data-money]")) return;
  const digits = input.value.replace(/[\s.]/g, "").replace(/^rp/i, "");
  if (/^\d{1,12}$/.test(digits)) {
    input.value = digits.replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, ".");
  }
});
