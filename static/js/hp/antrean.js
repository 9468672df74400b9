// The outbox: what she finished writing and the server has not confirmed. An entry leaves only by a receipt for its id.
//
// keadaan: "antre" waits to be sent; "tindakan" came back and needs her. `dicoba`: it was sent at least once without an
// answer, so the server may have it; from then on its content is frozen and a correction becomes a change after it.
import { baca, kunci, pemilik } from "./brankas.js";
import { gudang, kabarkan, taruh } from "./gudang.js";
import { catatJamHp } from "./jam.js";

const untuk = (entri) => `antrean:${entri.id}`;

async function segel(entri, isi) {
  return { ...entri, ...(await kunci(isi, untuk(entri))) };
}

// `isi`: {catatan: what is sent, judul: how she knows it, tanda: the last receipt}.
async function buka(entri) {
  const { iv, isi, ...sisa } = entri;
  return { ...sisa, ...(await baca({ iv, isi }, untuk(entri))) };
}

const bungkusan = ({ catatan, judul, tanda, asal }) => ({ catatan, judul, tanda, asal });

// Her entries, oldest first, readable.
export async function daftarAntrean() {
  if (!pemilik()) return [];
  const semua = await (await gudang()).getAllFromIndex("antrean", "kader", pemilik());
  return Promise.all(semua.map(buka));
}

export async function hitungAntrean() {
  if (!pemilik()) return { hp: 0, tindakan: 0 };
  const semua = await (await gudang()).getAllFromIndex("antrean", "kader", pemilik());
  return { hp: semua.length, tindakan: semua.filter((e) => e.keadaan === "tindakan").length };
}

// Resolves to the entry when it is on the disk. `tahan`: milliseconds in which it can still be taken back.
export async function antrekan(catatan, judul, { asal = null, tahan = 0 } = {}) {
  const dasar = {
    kader: pemilik(), id: catatan.id, jenis: catatan.jenis || "akseptor", keadaan: "antre", dicoba: false,
    dibuat: Date.now(), tahan: tahan ? Date.now() + tahan : 0,
  };
  const isi = { catatan: { ...catatan, dicatat_pada: catatan.dicatat_pada || catatJamHp() }, judul, asal };
  const entri = await segel(dasar, isi);
  entri.urut = await taruh("antrean", entri);
  kabarkan();
  return { ...dasar, ...isi, urut: entri.urut };
}

// Write an entry anew. `bila(mentah)` is asked inside the transaction: false leaves everything as it is.
async function tulis(entri, bila) {
  const { iv, isi, catatan, judul, tanda, asal, ...dasar } = entri;
  const baru = await segel(dasar, bungkusan(entri));
  const tx = (await gudang()).transaction("antrean", "readwrite", { durability: "strict" });
  const mentah = await tx.store.get(entri.urut);
  const boleh = Boolean(mentah) && bila(mentah);
  if (boleh) await tx.store.put(baru);
  await tx.done;
  kabarkan();
  return boleh;
}

// The server sent it back; what she took back meanwhile stays gone.
export const kembalikan = (entri, tanda) => tulis(
  { ...entri, keadaan: "tindakan", dicoba: false, tanda }, () => true,
);

// Before a request leaves: whatever happens from here on, the server may have these.
export async function tandaiDicoba(batch) {
  const tx = (await gudang()).transaction("antrean", "readwrite", { durability: "strict" });
  for (const entri of batch) {
    const mentah = await tx.store.get(entri.urut);
    if (mentah && !mentah.dicoba) await tx.store.put({ ...mentah, dicoba: true });
    entri.dicoba = true;
  }
  await tx.done;
}

export async function keluarkan(...batch) {
  const tx = (await gudang()).transaction("antrean", "readwrite");
  for (const entri of batch) await tx.store.delete(entri.urut);
  await tx.done;
  kabarkan();
}

// Whether it still waits here; what does not has been received.
export const masihAntre = async (entri) => Boolean(await (await gudang()).get("antrean", entri.urut));

// Undo: only what has surely not been sent. False when it is too late for that.
export async function tarik(entri) {
  const tx = (await gudang()).transaction("antrean", "readwrite");
  const mentah = await tx.store.get(entri.urut);
  const boleh = Boolean(mentah) && !mentah.dicoba;
  if (boleh) await tx.store.delete(entri.urut);
  await tx.done;
  kabarkan();
  return boleh;
}

// The same record written again: replaces what was surely not sent, follows what may have been.
export async function antrekanLagi(entri, catatan, judul) {
  const baru = { ...catatan, id: entri.id, dicatat_pada: catatJamHp() };
  if (baru.versi === undefined && entri.catatan.versi) baru.versi = entri.catatan.versi;
  const ganti = { ...entri, catatan: baru, judul, tanda: undefined, keadaan: "antre" };
  if (await tulis(ganti, (mentah) => !mentah.dicoba)) return ganti;
  return antrekan({ ...baru, versi: (entri.catatan.versi || 0) + 1 }, judul);
}
