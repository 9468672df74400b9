// The dashboard: draws the charts and keeps the numbers moving. Without it the page shows the same numbers as tables.
import { gambar } from "./dasbor/bagan.js";
import { jagaTetapBaru, tulisJam } from "./dasbor/hidup.js";

// Open tables, scrolled tables and the link in hand stay as they are when the content is exchanged.
function pasang(html) {
  const lama = document.getElementById("dasbor-hidup");
  const terbuka = [...lama.querySelectorAll("details")].map((d) => d.open);
  const geser = [...lama.querySelectorAll(".gulir")].map((g) => g.scrollLeft);
  const pegangan = lama.contains(document.activeElement) && document.activeElement.getAttribute("href");
  lama.innerHTML = html;
  lama.querySelectorAll("details").forEach((d, i) => {
    d.open = Boolean(terbuka[i]);
  });
  lama.querySelectorAll(".gulir").forEach((g, i) => {
    g.scrollLeft = geser[i] || 0;
  });
  const sama = pegangan && [...lama.querySelectorAll("a")].find((a) => a.getAttribute("href") === pegangan);
  if (sama) sama.focus({ preventScroll: true });
  gambar();
}

function sambungan(terputus, terakhir) {
  const pita = document.getElementById("sambungan-putus");
  if (!pita) return;
  pita.hidden = !terputus;
  if (terputus)
    (pita.querySelector("div") || pita).textContent =
      `Sambungan terputus. Angka terakhir diterima pukul ${tulisJam(terakhir)}; kami mencoba lagi.`;
}

gambar();
const wadah = document.getElementById("dasbor-hidup");
if (wadah && wadah.dataset.karcis) jagaTetapBaru(wadah, { pasang, sambungan });
