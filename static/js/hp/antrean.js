// The outbox: what she finished writing and the server has not confirmed. An entry leaves only by a receipt for it.
//
// keadaan: "antre" waits to be sent; "tindakan" came back and needs her. `dicoba`: it was sent at least once without an
// answer, so the server may have it; from then on its content is frozen and a correction becomes an entry after it
// (`setelah`), whose base version the receipt of the first one tells. Every rewriting asks, inside its transaction,
// whether the content is still the one that was read (`cap`): page, worker and a second tab work at the same time.
import { baca, cap, kunci, pemilik } from "./brankas.js";
import { gudang, kabarkan } from "./gudang.js";
import { catatJamHp } from "./jam.js";
import { cariRingkas } from "./ringkas.js";

const untuk = (entri) => `antrean:${entri.id}`;
const TAK_TERBACA = "Catatan ini tidak terbaca lagi di HP ini. Bila tidak ada di daftar, catat sekali lagi.";

async function segel(entri, isi) {
  return { ...entri, ...(await kunci(isi, untuk(entri))) };
}

// `isi`: {catatan: what is sent, judul: how she knows it, tanda: the last receipt}.
async function buka(mentah) {
  const { iv, isi, ...sisa } = mentah;
  const terbaca = await baca({ iv, isi }, untuk(mentah)).catch(() => ({
    catatan: { id: mentah.id },
    judul: "Catatan yang tidak terbaca",
    tanda: { hasil: "ditolak", pesan: TAK_TERBACA },
    rusak: true,
  }));
  return { ...sisa, cap: cap(mentah), ...terbaca, ...(terbaca.rusak ? { keadaan: "tindakan" } : {}) };
}

async function mentahku() {
  return pemilik() ? (await gudang()).getAllFromIndex("antrean", "kader", pemilik()) : [];
}

// Her entries, oldest first, readable; only those about one record when its id is given.
export async function daftarAntrean(hanya = null) {
  const semua = await mentahku();
  return Promise.all((hanya ? semua.filter((m) => m.id === hanya) : semua).map(buka));
}

export async function hitungAntrean() {
  const semua = await mentahku();
  return { hp: semua.length, tindakan: semua.filter((e) => e.keadaan === "tindakan").length };
}

// As it stands now, or undefined when it has left.
export async function lihatAntrean({ urut }) {
  const mentah = await (await gudang()).get("antrean", urut);
  return mentah && buka(mentah);
}

// Saved and no longer being typed are one fact: the next form must never open with what is in the outbox already.
async function masukkan(dasar, isi, draf) {
  const entri = await segel(dasar, isi);
  const tx = (await gudang()).transaction(["antrean", "draf"], "readwrite", { durability: "strict" });
  const urut = await tx.objectStore("antrean").put(entri);
  if (draf) await tx.objectStore("draf").delete([dasar.kader, draf]);
  await tx.done;
  kabarkan();
  return { ...dasar, ...isi, urut, cap: cap(entri) };
}

// Resolves to the entry when it is on the disk. `tahan`: milliseconds in which it can still be taken back; `draf`: the
// typing that it takes the place of.
export function antrekan(catatan, judul, { tahan = 0, setelah = null, draf = "" } = {}) {
  const dasar = {
    kader: pemilik(),
    id: catatan.id,
    jenis: catatan.jenis || "akseptor",
    keadaan: "antre",
    dicoba: false,
    setelah,
    dibuat: Date.now(),
    tahan: tahan ? Date.now() + tahan : 0,
  };
  return masukkan(dasar, { catatan: { ...catatan, dicatat_pada: catatan.dicatat_pada || catatJamHp() }, judul }, draf);
}

// Write an entry anew, unless its content is another by now or `bila(mentah)` says no.
async function tulis(entri, bila = () => true) {
  const { iv, isi, cap: lama, catatan, judul, tanda, ...dasar } = entri;
  const baru = await segel(dasar, { catatan, judul, tanda });
  const tx = (await gudang()).transaction("antrean", "readwrite", { durability: "strict" });
  const mentah = await tx.store.get(entri.urut);
  const boleh = Boolean(mentah) && cap(mentah) === lama && bila(mentah);
  if (boleh) await tx.store.put(baru);
  await tx.done;
  kabarkan();
  return boleh && { ...entri, cap: cap(baru) };
}

// Take entries away whose content is the one that was read; `bila(mentah)` may say no.
async function hapusBila(batch, bila = () => true) {
  const tx = (await gudang()).transaction("antrean", "readwrite");
  let semua = true;
  for (const entri of batch) {
    const mentah = await tx.store.get(entri.urut);
    const boleh = Boolean(mentah) && cap(mentah) === entri.cap && bila(mentah);
    if (boleh) await tx.store.delete(entri.urut);
    semua = semua && boleh;
  }
  await tx.done;
  kabarkan();
  return semua;
}

export const keluarkan = (...batch) => hapusBila(batch);

// Undo: only what has surely not been sent. False when it is too late for that.
export const tarik = (entri) => hapusBila([entri], (mentah) => !mentah.dicoba);

// Before a request leaves: whatever happens from here on, the server may have these. Returns those that still stand as
// they were read; what was taken back or rewritten meanwhile does not go.
export async function tandaiDicoba(batch) {
  const tx = (await gudang()).transaction("antrean", "readwrite", { durability: "strict" });
  const berangkat = [];
  for (const entri of batch) {
    const mentah = await tx.store.get(entri.urut);
    if (!mentah || mentah.keadaan !== "antre" || cap(mentah) !== entri.cap) continue;
    if (!mentah.dicoba) await tx.store.put({ ...mentah, dicoba: true });
    berangkat.push({ ...entri, dicoba: true });
  }
  await tx.done;
  return berangkat;
}

// What she wrote after it, while nobody knew whether the server had the first.
const penerus = async (entri) => Promise.all((await mentahku()).filter((m) => m.setelah === entri.urut).map(buka));

// Received, as [entry, receipt]: what follows one stands on the version that it made.
export async function beres(pasangan) {
  const versi = new Map(pasangan.map(([entri, tanda]) => [entri.urut, tanda.versi]));
  const sesudahnya = (await mentahku()).filter((m) => versi.has(m.setelah));
  for (const e of await Promise.all(sesudahnya.map(buka))) {
    await tulis({ ...e, setelah: null, catatan: { ...e.catatan, versi: versi.get(e.setelah) } });
  }
  await keluarkan(...pasangan.map(([entri]) => entri));
}

// The server sent it back. What she wrote after it is the newer word on the same record and takes its place.
export async function kembalikan(entri, tanda) {
  const baru = (await penerus(entri)).pop();
  const isi = baru ? { catatan: { ...baru.catatan, versi: entri.catatan.versi }, judul: baru.judul } : {};
  const jadi = await tulis({ ...entri, ...isi, keadaan: "tindakan", dicoba: false, tanda });
  if (jadi && baru) await keluarkan(...(await penerus(entri)));
  return jadi;
}

// The same record written again: replaces what was surely not sent, follows what may have been.
export async function antrekanLagi(entri, catatan, judul) {
  const baru = { ...catatan, id: entri.id, dicatat_pada: catatJamHp() };
  if (baru.versi === undefined && entri.catatan.versi) baru.versi = entri.catatan.versi;
  const kini = await lihatAntrean(entri);
  const ganti = kini && { ...kini, catatan: baru, judul, tanda: undefined, keadaan: "antre" };
  const jadi = ganti && (await tulis(ganti, (mentah) => !mentah.dicoba));
  if (jadi) return jadi;
  if (await lihatAntrean(entri))
    return antrekan({ ...baru, versi: (entri.catatan.versi || 0) + 1 }, judul, { setelah: entri.urut });
  // It has left meanwhile: received, then the short list knows its version; or thrown away, then it is what it was.
  const diterima = await cariRingkas(entri.jenis, entri.id);
  return antrekan({ ...baru, versi: diterima ? diterima.versi : entri.catatan.versi }, judul);
}
