// A deactivated kader's outbox goes to her officer: sealed to the server's key like a rescue file, through a door that
// only takes (docs/luring.md). An entry leaves the phone when the server says that it has it.
import { daftarAntrean, keluarkan } from "./antrean.js";
import { amplop } from "./cadangan.js";
import { ambil, taruh } from "./gudang.js";
import { bacaRingkas } from "./ringkas.js";

const PALING_BANYAK = 50;
const FOTO_TERBANYAK = 300000;

function potong(semua) {
  const batch = [];
  let foto = 0;
  for (const entri of semua) {
    if (batch.length >= PALING_BANYAK || foto >= FOTO_TERBANYAK) break;
    batch.push(entri);
    foto += (entri.catatan.foto || "").length;
  }
  return batch;
}

async function titipkan(batch, cadangan) {
  const jawaban = await fetch("/akseptor/titip/", {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/octet-stream", Accept: "application/json" },
    body: await amplop(batch, cadangan),
  }).catch(() => null);
  const isi = jawaban && (await jawaban.json().catch(() => null));
  return jawaban && jawaban.ok && isi ? new Set(isi.diterima) : new Set();
}

const terbaca = async () => (await daftarAntrean()).filter((e) => !e.rusak);

// Resolves to {sisa: how many are still here, diserahkan: how many went, now and before}. Call it as the only sender.
export async function serahkan() {
  const { cadangan } = await bacaRingkas();
  for (let semua = await terbaca(); cadangan && semua.length; semua = await terbaca()) {
    const batch = potong(semua);
    const ada = await titipkan(batch, cadangan);
    const pergi = batch.filter((e) => ada.has(e.id));
    if (!pergi.length) break;
    await keluarkan(...pergi);
    await taruh("perangkat", ((await ambil("perangkat", "diserahkan")) || 0) + pergi.length, "diserahkan");
  }
  return { sisa: (await terbaca()).length, diserahkan: (await ambil("perangkat", "diserahkan")) || 0 };
}
