// Shares picture and words in one go where the phone can; elsewhere the page's links do the same in two steps.
const tombol = document.getElementById("bagikan-langsung");
const teks = document.getElementById("teks-bagikan");

async function berkas() {
  const jawaban = await fetch(tombol.dataset.gambar, { credentials: "same-origin" });
  if (!jawaban.ok) throw new Error(String(jawaban.status));
  return new File([await jawaban.blob()], "poskb-ringkasan.png", { type: "image/png" });
}

function bisa() {
  try {
    return (
      Boolean(navigator.canShare) && navigator.canShare({ files: [new File([""], "a.png", { type: "image/png" })] })
    );
  } catch (galat) {
    return false;
  }
}

if (tombol && bisa()) {
  tombol.hidden = false;
  document.getElementById("simpan-gambar").className = "btn btn-outline-primary";
  tombol.addEventListener("click", async () => {
    tombol.disabled = true;
    try {
      await navigator.share({ files: [await berkas()], text: teks.value });
    } catch (galat) {
      // Closing the list of apps is no fault.
      if (galat.name !== "AbortError") window.location.href = tombol.dataset.gambar;
    } finally {
      tombol.disabled = false;
    }
  });
}
