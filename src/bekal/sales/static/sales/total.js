// The running total of a sale. The server reckons the truth; this only saves a look at the paper.
const form = document.querySelector("form[data-sale]");
const digits = (text) => text.replace(/[\s.]/g, "").replace(/^rp/i, "");
const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ".");
let saying = 0;

function whole(text, otherwise) {
  const bare = digits(text);
  if (bare === "") return otherwise;
  return /^\d{1,12}$/.test(bare) ? Number(bare) : 0;
}

function reckon() {
  let pieces = 0;
  let total = 0;
  for (const good of form.querySelectorAll("[data-good]")) {
    const count = whole(good.querySelector("[data-pieces]")?.value ?? "", 0);
    const list = Number(good.dataset.listPrice);
    pieces += count;
    total += count * whole(good.querySelector("[data-price]")?.value ?? "", list);
  }
  return [`${grouped(pieces)} barang`, `Rp${grouped(total)}`];
}

function show() {
  const [pieces, total] = reckon();
  form.querySelector("[data-sum-pieces]").textContent = pieces;
  form.querySelector("[data-sum-total]").textContent = total;
  clearTimeout(saying);
  saying = setTimeout(() => {
    form.querySelector("[data-sum-said]").textContent = `${pieces}, jumlah ${total}`;
  }, 900);
}

if (form) {
  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-pieces], [data-price]")) show();
  });
  addEventListener("pageshow", show);
}
