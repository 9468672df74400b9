// The rescue file: what waits in the outbox, readable only by the server (ECDH P-256 to its public key, AES-GCM).
import { pemilik } from "./brankas.js";

const teks = new TextEncoder();
const b64 = (isi) => btoa(Array.from(new Uint8Array(isi), (b) => String.fromCharCode(b)).join(""));

async function sandikan(isi, kunciServer) {
  const cara = { name: "ECDH", namedCurve: "P-256" };
  const server = await crypto.subtle.importKey(
    "raw",
    Uint8Array.from(atob(kunciServer), (c) => c.charCodeAt(0)),
    cara,
    false,
    [],
  );
  const sendiri = await crypto.subtle.generateKey(cara, true, ["deriveBits"]);
  const bersama = await crypto.subtle.deriveBits({ name: "ECDH", public: server }, sendiri.privateKey, 256);
  const bahan = await crypto.subtle.importKey("raw", bersama, "HKDF", false, ["deriveKey"]);
  const turun = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: teks.encode("poskb cadangan 1") };
  const kunci = await crypto.subtle.deriveKey(turun, bahan, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sandi = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, kunci, teks.encode(JSON.stringify(isi)));
  return {
    poskb: "cadangan",
    versi: 1,
    kunci: b64(await crypto.subtle.exportKey("raw", sendiri.publicKey)),
    iv: b64(iv),
    isi: b64(sandi),
  };
}

function unduh(nama, isi) {
  const alamat = URL.createObjectURL(new Blob([isi], { type: "application/octet-stream" }));
  const tautan = document.createElement("a");
  tautan.href = alamat;
  tautan.download = nama;
  tautan.click();
  setTimeout(() => URL.revokeObjectURL(alamat), 10000);
}

// Entries of the outbox, sealed. `tanda`: the server's word that this phone is hers.
export async function amplop(antrean, { kunci, tanda }) {
  const isi = {
    tanda,
    kader: pemilik(),
    jam_hp: new Date().toISOString(),
    catatan: antrean.map((e) => ({ ...(e.jenis === "akseptor" ? {} : { jenis: e.jenis }), ...e.catatan })),
  };
  return JSON.stringify(await sandikan(isi, kunci));
}

// The file's name says when, not who.
export async function buatCadangan(antrean, cadangan) {
  const saat = new Date().toISOString().slice(0, 16).replace(/[:T]/g, "");
  unduh(`poskb-cadangan-${saat}.poskb`, await amplop(antrean, cadangan));
}
