// The dashboard: draws the charts (dasbor/bagan.js) and keeps the numbers moving. Without it the page shows the same numbers as tables.
import { gambar } from "./dasbor/bagan.js";

const tulisJam = (saat) => [saat.getHours(), saat.getMinutes()].map((n) => String(n).padStart(2, "0")).join(".");
const JEDA = 2000;
const JEDA_TERLAMA = 30000;
const BATAS_TUNGGU = 10000;

// A weak line may neither answer nor fail: give up after a while and say so.
function ambil(url, pilihan) {
  const pemutus = new AbortController();
  const waktu = setTimeout(() => pemutus.abort(), BATAS_TUNGGU);
  const lepas = () => clearTimeout(waktu);
  const jawaban = fetch(url, Object.assign({ credentials: "same-origin", signal: pemutus.signal }, pilihan));
  jawaban.then(lepas, lepas);
  return jawaban;
}

async function muatUlang() {
  const jawaban = await ambil(window.location.href);
  if (!jawaban.ok) throw new Error(String(jawaban.status));
  const baru = new DOMParser().parseFromString(await jawaban.text(), "text/html").getElementById("dasbor-hidup");
  if (!baru) throw new Error("sesi");
  const lama = document.getElementById("dasbor-hidup");
  const terbuka = [...lama.querySelectorAll("details")].map((d) => d.open);
  const geser = [...lama.querySelectorAll(".gulir")].map((g) => g.scrollLeft);
  const pegangan = lama.contains(document.activeElement) && document.activeElement.getAttribute("href");
  lama.replaceWith(baru);
  baru.querySelectorAll("details").forEach((d, i) => {
    d.open = Boolean(terbuka[i]);
  });
  baru.querySelectorAll(".gulir").forEach((g, i) => {
    g.scrollLeft = geser[i] || 0;
  });
  const sama = pegangan && [...baru.querySelectorAll("a")].find((a) => a.getAttribute("href") === pegangan);
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

// Polling with ETag: one short question that is mostly answered "304 nothing new"; survives proxies and sleep.
let jeda = JEDA;
let terakhir = new Date();
let giliran = 0;
async function tanya() {
  const hidup = document.getElementById("dasbor-hidup");
  if (!hidup || !hidup.dataset.url || document.hidden) return;
  try {
    const jawaban = await ambil(hidup.dataset.url, { cache: "no-cache" });
    if (jawaban.status === 401 || jawaban.status === 403) {
      window.location.reload();
      return;
    }
    if (!jawaban.ok) throw new Error(String(jawaban.status));
    const data = await jawaban.json();
    const lama = hidup.dataset;
    if (String(data.versi) !== lama.versi || data.umur !== lama.umur || data.hari_ini !== lama.hariIni)
      await muatUlang();
    terakhir = new Date();
    jeda = JEDA;
    sambungan(false);
  } catch (galat) {
    jeda = Math.min(jeda * 2, JEDA_TERLAMA);
    sambungan(true, terakhir);
  }
  jadwalkan(jeda);
}

function jadwalkan(lama) {
  clearTimeout(giliran);
  giliran = setTimeout(tanya, lama);
}

gambar();
if (document.getElementById("dasbor-hidup")) {
  jadwalkan(JEDA);
  // Asleep while hidden; awake, ask at once.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) jadwalkan(0);
  });
  window.addEventListener("online", () => jadwalkan(0));
}
