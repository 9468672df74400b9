// The monthly report: kept while it is typed; without signal it stays on the phone instead of going into the void.
import { hapusDrafLain } from "../hp/draf.js";
import { tunjukkanGalat } from "./galat.js";
import { Ketikan } from "./ketikan.js";

export async function pasangLaporan(form) {
  const dasar = `laporan:${location.pathname}:`;
  const kunci = `${dasar}${form.elements.versi.value}`;
  // Typed on a version that has been saved since: it is in the report now.
  await hapusDrafLain(dasar, kunci);
  const ketikan = new Ketikan(form, kunci);
  await ketikan.pasang();
  form.addEventListener("submit", async (acara) => {
    if (navigator.onLine) return;
    acara.preventDefault();
    await ketikan.simpan();
    tunjukkanGalat(form, { pesan: "Belum ada sinyal. Angka yang Anda ketik disimpan di HP ini; buka lagi halaman ini saat ada sinyal, lalu kirim." });
  });
}
