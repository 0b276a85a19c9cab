// Pages that are kept know no cookie: how much lies in the basket is written in here.
const lies = /(?:^|; )bekal_isi=(\d{1,5})/.exec(document.cookie)?.[1];

for (const place of document.querySelectorAll("[data-basket-count]")) {
  place.textContent = lies ?? "";
  place.hidden = !lies;
}
