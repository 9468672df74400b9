// Keeps the moving part of a page up to date: asks every moment with the page's ticket, mostly hears "304 nothing new",
// and hands over what is new. Sleeps while nobody looks, steps back while the line is dead, asks at once when it is back.
const JEDA = 1500;
const BATAS_TUNGGU = 10000;
// A page that was loaded this long ago may ask for itself anew; a younger one would only turn in circles.
const MAPAN = 60000;

// A weak line may neither answer nor fail: give up after a while and say so.
function ambil(url, kepala) {
  const pemutus = new AbortController();
  const waktu = setTimeout(() => pemutus.abort(), BATAS_TUNGGU);
  const lepas = () => clearTimeout(waktu);
  const jawaban = fetch(url, {
    credentials: "same-origin",
    cache: "no-store",
    headers: kepala,
    signal: pemutus.signal,
  });
  jawaban.then(lepas, lepas);
  return jawaban;
}

// `pasang(html)` puts the new content in place. `sambungan(putus, terakhir)` is told of every answer and of every silence.
// `habis()` is told when the ticket no longer holds; without it the page loads itself anew, to sign-in if need be.
export function jagaTetapBaru(wadah, { pasang, sambungan, habis, jedaTerlama = 30000 }) {
  let { etag, karcis } = wadah.dataset;
  let jeda = JEDA;
  let giliran = 0;
  let sibuk = false;
  let terakhir = new Date();
  const dibuka = Date.now();

  function jadwalkan(lama) {
    clearTimeout(giliran);
    giliran = setTimeout(tanya, lama);
  }

  async function terima(jawaban) {
    karcis = jawaban.headers.get("X-Karcis") || karcis;
    if (jawaban.status === 200) {
      const isi = await jawaban.text();
      pasang(isi);
      etag = jawaban.headers.get("ETag") || "";
    } else if (jawaban.status !== 304) throw new Error(String(jawaban.status));
    terakhir = new Date();
    jeda = JEDA;
    sambungan(false, terakhir);
  }

  async function tanya() {
    if (document.hidden || sibuk) return;
    sibuk = true;
    try {
      const jawaban = await ambil(wadah.dataset.url, { "X-Karcis": karcis, "If-None-Match": etag });
      if (jawaban.status === 401 && habis) await habis(terakhir);
      else if (jawaban.status === 401 && Date.now() - dibuka > MAPAN) window.location.reload();
      if (jawaban.status === 401) jeda = jedaTerlama;
      else await terima(jawaban);
    } catch (galat) {
      jeda = Math.min(jeda * 2, jedaTerlama);
      sambungan(true, terakhir);
    } finally {
      sibuk = false;
    }
    jadwalkan(jeda);
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) jadwalkan(0);
  });
  window.addEventListener("online", () => jadwalkan(0));
  jadwalkan(JEDA);
}

// The clock of Purwakarta, whatever zone the device is set to: one page, one clock.
const JAM = new Intl.DateTimeFormat("id-ID", { timeZone: "Asia/Jakarta", hour: "2-digit", minute: "2-digit" });
export const tulisJam = (saat) => `${JAM.format(saat).replace(":", ".")} WIB`;
