// Room on the phone, and the browser's promise to keep what is here.
const angka = (n) => n.toLocaleString("id-ID", { maximumFractionDigits: 1 });
const mb = (b) => (b < 1073741824 ? `${angka(b / 1048576)} MB` : `${angka(b / 1073741824)} GB`);

export async function ruang() {
  if (!navigator.storage || !navigator.storage.estimate) return null;
  const { usage, quota } = await navigator.storage.estimate();
  const tetap = navigator.storage.persisted ? await navigator.storage.persisted() : false;
  return { terpakai: mb(usage), jatah: mb(quota), sempit: quota > 0 && usage / quota > 0.8, tetap };
}

export const mintaTetap = () => (navigator.storage && navigator.storage.persist ? navigator.storage.persist() : false);
