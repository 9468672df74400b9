// From the outbox to the server, one sender at a time on a phone. Only a receipt for it takes an entry out.
import { beres, daftarAntrean, kembalikan, tandaiDicoba } from "./antrean.js";
import { akhiriSesi, pemilik } from "./brankas.js";
import { ambil, kabarkan, taruh } from "./gudang.js";
import { catatJamHp, setelJam } from "./jam.js";
import { gabungTanda } from "./ringkas.js";
import { serahkan } from "./serah.js";

const PALING_BANYAK = 100;
// Photos until a batch is full: what a bad line carries in time.
const FOTO_TERBANYAK = 300000;
const BATAS_MS = 45000;
const SAPA_MS = 10000;
const SELESAI = new Set(["diterima", "sudah_ada", "duplikat"]);
let banyak = PALING_BANYAK;

export const tokenKue = () =>
  typeof document === "undefined" ? null : (/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/.exec(document.cookie) || [])[1];

// Django's token; a page keeps it for the worker, which sees no cookies.
export async function simpanToken() {
  if (tokenKue()) await taruh("perangkat", tokenKue(), "csrf");
}

const tokenCsrf = async () => tokenKue() || (await ambil("perangkat", "csrf").catch(() => "")) || "";

// At most one entry per record in a batch: a change goes when what it stands on has been received.
function pilih(semua) {
  const tertahan = new Set();
  const batch = [];
  let foto = 0;
  for (const entri of semua) {
    const kunci = entri.id;
    const bisa = entri.keadaan === "antre" && !tertahan.has(kunci) && (!entri.tahan || entri.tahan <= Date.now());
    if (bisa && batch.length < banyak && foto < FOTO_TERBANYAK) {
      batch.push(entri);
      foto += (entri.catatan.foto || "").length;
    }
    tertahan.add(kunci);
  }
  return batch;
}

const muatan = ({ jenis, catatan }, tanya) => ({
  ...(jenis === "akseptor" ? {} : { jenis }),
  ...catatan,
  ...(tanya ? { tanya: true } : {}),
});

async function tanyaServer(catatan, batas) {
  const pembatal = new AbortController();
  const jam = setTimeout(() => pembatal.abort(), batas);
  try {
    const jawaban = await fetch("/akseptor/sinkron/", {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": await tokenCsrf() },
      body: JSON.stringify({ jam_hp: catatJamHp(), kader: pemilik() || undefined, catatan }),
      signal: pembatal.signal,
    });
    return { status: jawaban.status, isi: await jawaban.json().catch(() => null) };
  } catch (galat) {
    return { status: 0, isi: null };
  } finally {
    clearTimeout(jam);
  }
}

async function terima(batch, isi) {
  // A batch holds one entry per record, so kind and id name it.
  const tanda = new Map(isi.tanda_terima.map((t) => [`${t.jenis || "akseptor"}:${t.id}`, t]));
  const pasangan = batch.map((e) => [e, tanda.get(`${e.jenis}:${e.id}`)]).filter(([, t]) => t);
  // The list first: a page that is left in between sends once more what waits, but would not count once more.
  await gabungTanda(
    pasangan.map(([, t]) => t),
    isi.diterima,
  );
  await beres(pasangan.filter(([, t]) => SELESAI.has(t.hasil)));
  for (const [entri, t] of pasangan) if (!SELESAI.has(t.hasil)) await kembalikan(entri, t);
  if (isi.jam) {
    await setelJam(isi.jam.server);
    await taruh("perangkat", isi.jam.pesan || "", "pesan-jam");
  }
  return pasangan;
}

// Too much at once for this line, or for the server: fewer next time; and more again when it went well.
function ukurLagi(batch, status) {
  if (status === 200) banyak = Math.min(PALING_BANYAK, banyak * 2);
  else if (batch.length > 1) banyak = Math.max(1, Math.ceil(batch.length / 2));
}

async function satuPutaran(hasil, opsi) {
  const semua = await daftarAntrean(opsi.hanya);
  hasil.nanti = Math.min(...semua.map((e) => (e.tahan > Date.now() ? e.tahan : Infinity)));
  const batch = await tandaiDicoba(pilih(semua));
  if (!batch.length) return false;
  const { status, isi } = await tanyaServer(
    batch.map((e) => muatan(e, opsi.tanya)),
    opsi.batas,
  );
  hasil.status = status;
  ukurLagi(batch, status);
  if (status === 200 && isi && Array.isArray(isi.tanda_terima)) {
    const pasangan = await terima(batch, isi);
    for (const [entri, tanda] of pasangan) hasil.tanda.set(entri.urut, tanda);
    return pasangan.length > 0;
  }
  hasil.pesan = (isi && isi.pesan) || "";
  hasil.nonaktif = Boolean(status === 401 && isi && isi.nonaktif);
  // Deactivated: her outbox goes to her officer before anything is closed (docs/luring.md).
  if (hasil.nonaktif) {
    await serahkan();
    // The server's page says what became of her account and her records; the worker has no page.
    if (typeof window !== "undefined") location.assign("/");
  }
  if (status === 401 && !hasil.nonaktif) await akhiriSesi();
  return status === 413 && batch.length > 1;
}

const hasilKosong = () => ({ status: null, tanda: new Map(), pesan: "", nanti: Infinity });

async function putaran(opsi) {
  const hasil = hasilKosong();
  while (pemilik() && (await satuPutaran(hasil, opsi)));
  kabarkan();
  return hasil;
}

// Send what waits. `hanya`: the id that she is waiting for; `tanya`: she can answer questions now.
// Resolves to {status: HTTP status, 0 without signal, null when nothing went; tanda: receipts by `urut`; pesan; nonaktif: her
// account was deactivated, and another page is on its way; nanti: the
// moment at which the next one that can still be taken back may go, Infinity for none}.
export async function kirim({ hanya = null, tanya = false, batas = BATAS_MS } = {}) {
  const kerja = () => putaran({ hanya, tanya, batas });
  if (!navigator.locks) return kerja();
  // Behind another sender she does not wait longer than for the line itself.
  const pembatal = new AbortController();
  const jam = setTimeout(() => pembatal.abort(), batas);
  const dapat = () => {
    clearTimeout(jam);
    return kerja();
  };
  return navigator.locks.request("poskb-kirim", { signal: pembatal.signal }, dapat).catch((galat) => {
    if (galat.name !== "AbortError") throw galat;
    return hasilKosong();
  });
}

// The phone keeps nothing: straight to the server, and the answer to the page. Resolves to {status, tanda, pesan}.
export async function kirimLangsung(jenis, catatan, batas) {
  const { status, isi } = await tanyaServer([muatan({ jenis, catatan }, true)], batas);
  return { status, tanda: status === 200 && isi ? isi.tanda_terima[0] : null, pesan: (isi && isi.pesan) || "" };
}

// Whether the server answers at all, whatever it says; asked without anything of hers.
export async function terjangkau() {
  const pembatal = new AbortController();
  const jam = setTimeout(() => pembatal.abort(), SAPA_MS);
  try {
    await fetch("/sehat/", { method: "HEAD", cache: "no-store", credentials: "omit", signal: pembatal.signal });
    return true;
  } catch (galat) {
    return false;
  } finally {
    clearTimeout(jam);
  }
}

// Ask the browser to wake the worker when there is a signal, also when every page is closed by then.
export async function mintaDikirim() {
  const daftar = navigator.serviceWorker && (await navigator.serviceWorker.getRegistration("/"));
  if (daftar && daftar.sync) await daftar.sync.register("poskb-kirim");
}
