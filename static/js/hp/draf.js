// What is being typed, kept as it is typed.
import { baca, kunci, pemilik } from "./brankas.js";
import { ambil, gudang, hapus, taruh } from "./gudang.js";

export async function simpanDraf(nama, isi) {
  const sandi = await kunci(isi, `draf:${nama}`);
  await taruh("draf", { kader: pemilik(), kunci: nama, ...sandi });
}

export async function bacaDraf(nama) {
  const ada = await ambil("draf", [pemilik(), nama]);
  return ada ? baca(ada, `draf:${nama}`).catch(() => null) : null;
}

export const hapusDraf = (nama) => hapus("draf", [pemilik(), nama]);

// Take away what was typed on other versions of the same thing.
export async function hapusDrafLain(awalan, kecuali) {
  const semua = await (await gudang()).getAllKeys("draf", IDBKeyRange.bound([pemilik(), awalan], [pemilik(), `${awalan}\uffff`]));
  await Promise.all(semua.filter(([, nama]) => nama !== kecuali).map((k) => hapus("draf", k)));
}
