// From the outbox to the server, one sender at a time on a phone. Only a receipt for its id takes an entry out.
import { daftarAntrean, keluarkan, kembalikan, tandaiDicoba } from "./antrean.js";
import { akhiriSesi, pemilik } from "./brankas.js";
import { ambil, kabarkan, taruh } from "./gudang.js";
import { catatJamHp, setelJam } from "./jam.js";
import { gabungTanda } from "./ringkas.js";

const PALING_BANYAK = 100;
const BATAS_MS = 45000;
const SELESAI = new Set(["diterima", "sudah_ada", "duplikat"]);
let banyak = PALING_BANYAK;

export const tokenKue = () => (typeof document === "undefined" ? null : (/(?:^|; )csrftoken=([^;]+)/.exec(document.cookie) || [])[1]);

// Django's token; a page keeps it for the worker, which sees no cookies.
export async function simpanToken() {
  if (tokenKue()) await taruh("perangkat", tokenKue(), "csrf");
}

const tokenCsrf = async () => tokenKue() || (await ambil("perangkat", "csrf")) || "";

// At most one entry per record in a batch: a change goes when what it stands on has been received.
function pilih(semua, hanya) {
  const tertahan = new Set();
  const batch = [];
  for (const entri of semua) {
    const kunci = entri.id;
    const bisa = entri.keadaan === "antre" && !tertahan.has(kunci) && (!entri.tahan || entri.tahan <= Date.now());
    if (bisa && (!hanya || hanya === kunci) && batch.length < banyak) batch.push(entri);
    tertahan.add(kunci);
  }
  return batch;
}

async function tanyaServer(batch, { tanya, batas }) {
  const pembatal = new AbortController();
  const jam = setTimeout(() => pembatal.abort(), batas);
  const catatan = batch.map((e) => ({ ...(e.jenis === "akseptor" ? {} : { jenis: e.jenis }), ...e.catatan, ...(tanya ? { tanya: true } : {}) }));
  try {
    const jawaban = await fetch("/akseptor/sinkron/", {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": await tokenCsrf() },
      body: JSON.stringify({ jam_hp: catatJamHp(), kader: pemilik(), catatan }),
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
  const tanda = new Map(isi.tanda_terima.map((t) => [`${t.jenis || "akseptor"}:${t.id}`, t]));
  const pasangan = batch.map((e) => [e, tanda.get(`${e.jenis}:${e.id}`)]).filter(([, t]) => t);
  const selesai = pasangan.filter(([, t]) => SELESAI.has(t.hasil));
  for (const [entri, t] of pasangan) if (!SELESAI.has(t.hasil)) await kembalikan(entri, t);
  await keluarkan(...selesai.map(([entri]) => entri));
  await gabungTanda(pasangan.map(([, t]) => t), isi.diterima);
  if (isi.jam) {
    await setelJam(isi.jam.server);
    await taruh("perangkat", isi.jam.pesan || "", "pesan-jam");
  }
  return pasangan.map(([, t]) => t);
}

async function satuPutaran(hasil, opsi) {
  const semua = await daftarAntrean();
  const batch = pilih(semua, opsi.hanya);
  hasil.nanti = Math.min(...semua.map((e) => (e.tahan > Date.now() ? e.tahan : Infinity)));
  if (!batch.length) return false;
  await tandaiDicoba(batch);
  const { status, isi } = await tanyaServer(batch, opsi);
  hasil.status = status;
  if (status === 200 && isi && Array.isArray(isi.tanda_terima)) {
    const tanda = await terima(batch, isi);
    hasil.tanda.push(...tanda);
    return tanda.length > 0 && !opsi.hanya;
  }
  // Too much at once for this line, or for the server: fewer next time.
  banyak = Math.max(1, Math.ceil(batch.length / 2));
  hasil.pesan = (isi && isi.pesan) || "";
  if (status === 401) await akhiriSesi();
  return status === 413;
}

async function putaran(opsi) {
  const hasil = { status: null, tanda: [], pesan: "", nanti: Infinity };
  while (pemilik() && (await satuPutaran(hasil, opsi)));
  kabarkan();
  return hasil;
}

// Send what waits. `hanya`: the id that she is waiting for; `tanya`: she can answer questions now.
// Resolves to {status: HTTP status, 0 without signal, null when nothing waits; tanda: receipts; pesan; nanti: the moment
// at which the next one that can still be taken back may go, Infinity for none}.
export function kirim({ hanya = null, tanya = false, batas = BATAS_MS } = {}) {
  const kerja = () => putaran({ hanya, tanya, batas });
  return navigator.locks ? navigator.locks.request("poskb-kirim", kerja) : kerja();
}

// Ask the browser to wake the worker when there is a signal, also when every page is closed by then.
export async function mintaDikirim() {
  const daftar = navigator.serviceWorker && (await navigator.serviceWorker.ready);
  if (daftar && daftar.sync) await daftar.sync.register("poskb-kirim");
}
