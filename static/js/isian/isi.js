// Between a form on the page and the plain object that is kept, queued and sent.
const BUKAN_ISI = new Set(["csrfmiddlewaretoken", "lanjut"]);

const medanIsi = (form) => Array.from(form.elements).filter((m) => m.name && !BUKAN_ISI.has(m.name));

// As a browser would post it, but with "" for a tick that is not set: what is not sent stays as it is on the server.
export function bacaIsi(form) {
  const isi = {};
  for (const medan of medanIsi(form)) {
    if (medan.type === "radio") isi[medan.name] = medan.checked ? medan.value : isi[medan.name] || "";
    else if (medan.type === "checkbox") isi[medan.name] = medan.checked ? medan.value : "";
    else if (medan.type !== "file") isi[medan.name] = medan.value;
  }
  return isi;
}

export function tulisIsi(form, isi) {
  for (const medan of medanIsi(form)) {
    if (!(medan.name in isi)) continue;
    const nilai = isi[medan.name] === null ? "" : String(isi[medan.name]);
    if (medan.type === "radio") medan.checked = medan.value === nilai;
    else if (medan.type === "checkbox") medan.checked = Boolean(nilai) && nilai !== "false";
    else medan.value = nilai;
  }
  form.dispatchEvent(new CustomEvent("poskb:diisi", { detail: isi }));
}

// What she is asked about belongs to this sending, not to the record's draft.
export const TANYA = ["konfirmasi", "orang_sama", "kemiripan_dilihat"];

export function idBaru() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  const hex = Array.from(b, (x) => x.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
