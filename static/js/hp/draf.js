// What is being typed, kept as it is typed.
import { baca, kunci, pemilik } from "./brankas.js";
import { ambil, hapus, taruh } from "./gudang.js";

export async function simpanDraf(nama, isi) {
  const sandi = await kunci(isi, `draf:${nama}`);
  await taruh("draf", { kader: pemilik(), kunci: nama, ...sandi });
}

export async function bacaDraf(nama) {
  const ada = await ambil("draf", [pemilik(), nama]);
  return ada ? baca(ada, `draf:${nama}`).catch(() => null) : null;
}

export const hapusDraf = (nama) => hapus("draf", [pemilik(), nama]);
