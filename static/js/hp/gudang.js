// The phone's own store (IndexedDB): what is typed, what waits, the short list, the wrapped keys.
// Everything about a person is ciphertext here; what is readable are ids, times and states.
import { openDB } from "idb";

let janji;

// The open database. Rejects where the browser keeps nothing (private mode, refused, full).
export function gudang() {
  janji =
    janji ||
    openDB("poskb", 1, {
      upgrade(db) {
        db.createObjectStore("brankas", { keyPath: "kader" });
        const antrean = db.createObjectStore("antrean", { keyPath: "urut", autoIncrement: true });
        antrean.createIndex("kader", "kader");
        db.createObjectStore("draf", { keyPath: ["kader", "kunci"] });
        db.createObjectStore("ringkas", { keyPath: "kader" });
        db.createObjectStore("perangkat");
      },
      // A newer version of the page wants to change the store: let it.
      blocking() {
        janji.then((db) => db.close());
        janji = undefined;
      },
      terminated() {
        janji = undefined;
      },
    }).catch((galat) => {
      janji = undefined;
      throw galat;
    });
  return janji;
}

export const ambil = async (toko, kunci) => (await gudang()).get(toko, kunci);
export const hapus = async (toko, kunci) => (await gudang()).delete(toko, kunci);

// Resolves only when it is on the disk: "tersimpan di HP ini" must be true.
export async function taruh(toko, nilai, kunci) {
  const tx = (await gudang()).transaction(toko, "readwrite", { durability: "strict" });
  const hasil = await tx.store.put(nilai, kunci);
  await tx.done;
  return hasil;
}

// Told to every open page of the phone: the outbox or the short list is another now.
// "tutup": she signed out in one of them.
export function kabarkan(kabar = "berubah") {
  if (typeof window !== "undefined") window.dispatchEvent(new Event(`poskb:${kabar}`));
  if (typeof BroadcastChannel === "undefined") return;
  const saluran = new BroadcastChannel("poskb");
  saluran.postMessage(kabar);
  saluran.close();
}

// Other pages and the worker; a page hears of its own by the event of the same name.
export function dengarkan(aksi, kabar = "berubah") {
  if (typeof BroadcastChannel === "undefined") return;
  new BroadcastChannel("poskb").addEventListener("message", ({ data }) => {
    if (data === kabar) aksi();
  });
}
