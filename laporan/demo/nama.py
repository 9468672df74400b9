"""Invented names and places. Parts are common words of names; who comes out exists only here."""

from laporan.demo.acak import Acak

ISTRI = (
    "Aan Ai Aisyah Anih Astri Ati Cicih Dede Desi Dewi Diah Dina Eka Elis Ema Enok Enung Erna Esih Eti Euis Evi Fitri "
    "Heni Ida Iis Ika Imas Ina Intan Iroh Jubaedah Kokom Lela Lia Lilis Lina Maya Mimin Nani Neneng Nia Nining Nita "
    "Nunung Oom Pipih Popon Rani Rika Rina Rini Rosita Santi Sari Siti Sri Susi Tati Teti Tini Titin Tuti Wati Wiwin "
    "Yani Yanti Yeni Yuli Yuyun"
).split()
ISTRI_BELAKANG = (
    "Aminah Anggraeni Aryani Fatimah Fauziah Handayani Hasanah Herlina Hodijah Indriani Jamilah Julaeha Kartika "
    "Komariah Kurniasih Lestari Maemunah Marlina Maryani Mulyani Nurhayati Nurjanah Nurlaela Patimah Permatasari "
    "Purnamasari Rahayu Rahmawati Rohaeni Rohayati Rosdiana Rostika Sadiah Salamah Sulastri Sumiati Suryani Susanti "
    "Wahyuni Widaningsih Yuliani Yuningsih Zulaeha"
).split()
SUAMI = (
    "Aceng Ade Agus Ahmad Ali Andi Anton Apep Asep Atep Cecep Dadan Dadang Deden Dedi Didin Dudung Eman Endang Entis "
    "Hendra Herman Iwan Jajang Jaja Koswara Maman Mamat Nana Nandang Odang Oman Rahmat Ridwan Rudi Sobari Solihin "
    "Suherman Tatang Tedi Ujang Undang Usep Wawan Yadi Yana Yayan Yudi"
).split()
SUAMI_BELAKANG = (
    "Apandi Budiman Darmawan Gunawan Hermawan Hidayat Iskandar Juhana Kosasih Kurnia Kurniawan Mulyana Mulyadi "
    "Nugraha Permana Prayoga Ramdani Rohmana Saepudin Sanjaya Setiawan Sudrajat Suhendar Sujana Supriatna Suryana "
    "Sutisna Taryana Wijaya Wiguna"
).split()
# Kampung that no map of Purwakarta is meant to show.
AWAL_KAMPUNG = ("Babakan", "Pasir", "Lebak", "Kebon", "Sindang", "Tegal", "Ranca", "Legok")
AKHIR_KAMPUNG = ("Contoh", "Misal", "Rekaan", "Andai", "Umpama")
PETUGAS_GELAR = (", S.Sos.", ", A.Md.", ", S.KM.", "", "")


def istri(acak: Acak) -> str:
    """Return a woman's name."""
    return f"{acak.choice(ISTRI)} {acak.choice(ISTRI_BELAKANG)}"


def suami(acak: Acak) -> str:
    """Return a man's name."""
    return f"{acak.choice(SUAMI)} {acak.choice(SUAMI_BELAKANG)}"


def alamat(acak: Acak) -> str:
    """Return an invented kampung, sometimes with a landmark."""
    patokan = acak.choice(("", "", "", ", dekat mushola", ", belakang sekolah", ", sebelah warung"))
    return f"Kp. {acak.choice(AWAL_KAMPUNG)} {acak.choice(AKHIR_KAMPUNG)}{patokan}"


def petugas(acak: Acak) -> str:
    """Return an officer's name."""
    depan = istri(acak) if acak.mujur(0.6) else suami(acak)
    return depan + acak.choice(PETUGAS_GELAR)
