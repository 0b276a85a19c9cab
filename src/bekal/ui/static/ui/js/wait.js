// A page that waits for money asks how it stands, and shows itself anew when that has changed.
const waiting = document.querySelector("[data-wait]");

async function ask() {
  if (document.hidden) return;
  const answer = await fetch(waiting.dataset.wait, { cache: "no-store" }).catch(() => null);
  if (answer?.ok && (await answer.text()) !== waiting.dataset.state) location.reload();
}

function count() {
  for (const place of waiting.querySelectorAll("[data-until]")) {
    const left = Math.max(0, Math.ceil((Date.parse(place.dataset.until) - Date.now()) / 60_000));
    const text = place.dataset.words.replace("#", left);
    if (place.textContent !== text) place.textContent = text;
  }
}

if (["open", "ended", "in_doubt"].includes(waiting?.dataset.state)) {
  setInterval(ask, 5_000);
  setInterval(count, 10_000);
}
