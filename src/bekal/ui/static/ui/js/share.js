// Where the system can share, its own sheet opens; else the link leads to WhatsApp.
if (navigator.share) {
  document.addEventListener("click", (event) => {
    if (!event.target.closest("a[data-share]")) return;
    event.preventDefault();
    const url = location.href.split(/[?#]/)[0];
    navigator.share({ title: document.title, url }).catch(() => undefined);
  });
}
