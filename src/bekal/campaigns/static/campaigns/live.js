// Keeps a live page going: the stream first; where it is broken, asking again and again.
const live = document.querySelector("[data-live]");
const spoken = document.querySelector("[data-spoken]");
const clock = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "id-ID", {
  timeZone: "Asia/Jakarta",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const STALE = 90_000;
const SPEAK_EVERY = 60_000;
const RELOAD_EVERY = 3_600_000;
const given = new Map(); // what the server last gave for each part, before people opened anything

let source; // the EventSource, while there is one
let retry; // the timer of the next try of a stream that was refused
let wait = 5_000; // until that try
let asking; // the timer of the next question
let pause = 5_000; // until that question
let tag = ""; // ETag of the last answer
let asOf = ""; // the instant of the newest figures
let advanced = performance.now(); // when they last became newer
let changed = performance.now(); // when a figure last changed
let spokenAt = performance.now();

// The parts ---------------------------------------------------------------------------------------

const parts = (root) =>
  new Map([...root.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
const line = () => live.querySelector("[data-state]");

function remember() {
  given.clear();
  for (const [name, part] of parts(live)) given.set(name, part.outerHTML);
  for (const button of live.querySelectorAll("[data-share]")) button.hidden = false;
}

function take(html) {
  const page = document.createElement("template");
  page.innerHTML = html;
  const fresh = parts(page.content);
  const old = parts(live);
  const state = page.content.querySelector("[data-state]");
  const at = state.querySelector("time").dateTime;
  if (state.dataset.state !== line().dataset.state || fresh.size !== old.size) {
    live.replaceChildren(page.content);
    remember();
    begin();
  } else {
    for (const [name, part] of fresh) {
      const words = part.outerHTML;
      if (given.get(name) === words || !old.has(name)) continue;
      given.set(name, words);
      changed = performance.now();
      replace(old.get(name), part);
    }
  }
  told(at);
  say();
}

function replace(old, fresh) {
  const before = old.querySelector("[data-digits]")?.textContent ?? "";
  for (const open of old.querySelectorAll("details[open]"))
    fresh.querySelector(`#${open.id}`)?.setAttribute("open", "");
  const focused = old.contains(document.activeElement) && document.activeElement.closest("[id]");
  old.replaceWith(fresh);
  if (focused) fresh.querySelector(`#${focused.id} > summary`)?.focus({ preventScroll: true });
  if (Number(fresh.dataset.total) > Number(old.dataset.total)) roll(fresh, before);
}

// Only digits that changed roll, and only upwards; whatever comes meanwhile begins from the truth.
function roll(part, before) {
  const digits = part.querySelector("[data-digits]");
  const now = digits?.textContent ?? "";
  if (calm.matches || document.hidden || now.length !== before.length) return;
  const wheels = [...now].map((digit, place) => {
    if (digit === before[place]) return digit;
    const wheel = document.createElement("span");
    wheel.className = "roll";
    for (const face of [before[place], digit]) {
      const side = document.createElement("i");
      side.textContent = face;
      wheel.append(side);
    }
    return wheel;
  });
  digits.replaceChildren(...wheels);
  for (const side of digits.querySelectorAll("i"))
    side.animate([{ transform: "none" }, { transform: "translateY(-100%)" }], {
      duration: 400,
      easing: "ease-out",
      fill: "forwards",
    });
  setTimeout(() => digits.replaceChildren(now), 420);
}

function say() {
  const total = live.querySelector("[data-say]");
  document.title = total.dataset.title;
  if (performance.now() - spokenAt < SPEAK_EVERY) return;
  spokenAt = performance.now();
  spoken.textContent = total.dataset.say;
}

// How things stand ----------------------------------------------------------------------------------

function told(at) {
  if (!at || at < asOf) return;
  if (at > asOf) advanced = performance.now();
  asOf = at;
  if (line().dataset.state !== "running") return;
  const shown = line().querySelector("time");
  shown.dateTime = at;
  shown.textContent = `${clock.format(new Date(at))} WIB`;
}

function stand(how) {
  if (line().dataset.state !== "running") return;
  const label = line().querySelector("b");
  label.dataset.word ??= label.textContent;
  label.textContent = {
    live: label.dataset.word,
    join: live.dataset.join,
    lost: live.dataset.lost,
  }[how];
  line().classList.toggle("live-state--lost", how !== "live");
  line().dataset.how = how;
}

// The stream, and asking instead of it --------------------------------------------------------------

const isWanted = () => !document.hidden && line().dataset.state !== "over";

function streamAddress() {
  const { stream, streamPort } = live.dataset;
  return streamPort ? `${location.protocol}//${location.hostname}:${streamPort}${stream}` : stream;
}

function begin() {
  if (!isWanted() || (source && source.readyState !== EventSource.CLOSED)) return;
  clearTimeout(retry);
  source = new EventSource(streamAddress());
  source.onopen = () => {
    clearTimeout(asking);
    asking = undefined;
    wait = 5_000;
    pause = 5_000;
    stand("live");
  };
  source.onmessage = (event) => {
    take(event.data);
    stand("live");
  };
  source.addEventListener("saat", (event) => {
    told(event.data);
    stand("live");
  });
  source.onerror = broken;
}

function broken() {
  if (line().dataset.how !== "join") stand("lost");
  if (source.readyState === EventSource.CLOSED) {
    // Refused: full, or away. The browser does not come back to it by itself.
    clearTimeout(retry);
    retry = setTimeout(begin, wait * (0.8 + 0.4 * Math.random()));
    wait = Math.min(wait * 2, 60_000);
  }
  asking ??= setTimeout(ask, pause);
}

async function ask() {
  asking = undefined;
  if (!isWanted() || source?.readyState === EventSource.OPEN) return;
  try {
    const headers = tag ? { "If-None-Match": tag } : {};
    const answer = await fetch(live.dataset.partUrl, { headers, cache: "no-store" });
    if (answer.status === 200) {
      tag = answer.headers.get("ETag") ?? "";
      take(await answer.text());
    } else if (answer.status !== 304) {
      throw new Error(answer.statusText);
    }
    told(inZone(answer.headers.get("Date")));
    if (source?.readyState !== EventSource.OPEN) stand("join");
  } catch {
    stand("lost");
  }
  pause = Math.min(pause * 1.3, 30_000);
  asking ??= setTimeout(ask, pause * (0.8 + 0.4 * Math.random()));
}

// The server's time written as the page writes it, so that instants compare as texts.
function inZone(date) {
  if (!date) return "";
  const local = new Date(Date.parse(date) + 7 * 3_600_000);
  return `${local.toISOString().slice(0, 19)}+07:00`;
}

function rest() {
  source?.close();
  source = undefined;
  clearTimeout(asking);
  clearTimeout(retry);
  asking = undefined;
}

document.addEventListener("visibilitychange", () => (document.hidden ? rest() : begin()));
addEventListener("pagehide", rest);
addEventListener("pageshow", (event) => event.persisted && begin());
setInterval(() => {
  if (isWanted() && performance.now() - advanced > STALE) stand("lost");
}, 5_000);

// Sharing, and the screen on the stage --------------------------------------------------------------

live.addEventListener("click", async (event) => {
  if (!event.target.closest("[data-share]")) return;
  const url = location.href.split(/[?#]/)[0];
  if (navigator.share) await navigator.share({ title: document.title, url }).catch(() => undefined);
  else location.assign(`https://wa.me/?text=${encodeURIComponent(`${document.title} ${url}`)}`);
});

function stage() {
  const loaded = performance.now();
  let lock;
  let idle;
  const keepAwake = async () => {
    if (document.hidden || (lock && !lock.released)) return;
    lock = await navigator.wakeLock?.request("screen").catch(() => undefined);
  };
  const stir = () => {
    clearTimeout(idle);
    live.classList.remove("live--idle");
    idle = setTimeout(() => live.classList.add("live--idle"), 3_000);
  };
  const keys = {
    f: () =>
      document.fullscreenElement
        ? document.exitFullscreen()
        : document.documentElement.requestFullscreen(),
    r: () => location.reload(),
    escape: () => document.fullscreenElement || location.assign(location.pathname),
  };
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) keys[event.key.toLowerCase()]?.();
  });
  document.addEventListener("visibilitychange", keepAwake);
  for (const kind of ["mousemove", "mousedown", "touchstart"]) addEventListener(kind, stir);
  stir();
  keepAwake();
  // A page that runs for days is loaded anew each hour, in a minute that brings nothing new (in the
  // next half hour at the latest), and only while the server answers.
  setInterval(async () => {
    const late = performance.now() - loaded - RELOAD_EVERY;
    if (late < 0 || (late < RELOAD_EVERY / 2 && performance.now() - changed < 60_000)) return;
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => undefined);
    if (answer?.ok) location.reload();
  }, 30_000);
}

remember();
asOf = line().querySelector("time").dateTime;
begin();
if (live.classList.contains("live--stage")) stage();
