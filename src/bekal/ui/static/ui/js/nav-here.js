// A strip of words that slides on a phone begins where the reader is.
for (const here of document.querySelectorAll(".nav [aria-current]")) {
  const strip = here.closest(".nav");
  strip.scrollLeft = here.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
}
