"""Statements as banks write them: columns after their usual exports, made-up lines."""

BCA = """Informasi Rekening - Mutasi Rekening
"No. rekening","1234567890"
"Nama","CONTOH LAPAS NABIRE"
"Periode","01/04/2026 - 27/04/2026"

"Tanggal Transaksi","Keterangan","Cabang","Jumlah","Saldo"
"'26/04","TRSF E-BANKING CR 2604/FTSCY/WS95031 BUDI SANTOSO","0000","148,007.00 CR","1,148,007.00"
"'27/04","BIAYA ADM","0000","2,500.00 DB","1,145,507.00"
"PEND","TRSF E-BANKING CR SITI","0000","55,000.00 CR","1,200,507.00"
"Saldo Awal","1,000,000.00"
"Mutasi Kredit","148,007.00"
"""

BRI = """NOREK;TGL_TRAN;DESK_TRAN;MUTASI_DEBET;MUTASI_KREDIT;SALDO;GLSIGN
'0505;2026-04-26 09:12:44;TRANSFER DARI BUDI, SANTOSO BK-7Q2M-18KD;0.00;148007.00;1148007.00;K
'0505;2026-04-27 00:00:00;BIAYA ADM;2500.00;0.00;1145507.00;D
"""

MANDIRI = """Account\tDate\tVal. Date\tCode\tDescription\tDescription\tReference No.\tDebit\tCredit
1370000000\t26/04/2026\t26/04/2026\tTRF\tTRF DARI\tBUDI SANTOSO\tFT26116ABCD\t0.00\t148,007.00
1370000000\t27/04/2026\t27/04/2026\tADM\tBIAYA ADM\t\t\t2,500.00\t0.00
"""

OFFICE = """Tgl.|Tgl. Val.|Rincian Transaksi|No. Referensi|Debit|Kredit|Saldo
26 Apr 2026|26 Apr 2026|Setoran Budi Santoso|A-77|0,00|148.007,00|1.148.007,00
27 Apr 2026|27 Apr 2026|Biaya|A-78|2.500,00|0,00|1.145.507,00
"""

MT940 = """{1:F01CONTOHIDXXXX0000000000}{2:O9400000000000CONTOHIDXXXX00000000000000000000N}{4:
:20:STMT260427
:25:001701002003
:28C:00117/001
:60F:C260425IDR1000000,00
:61:2604260426C148007,00NTRFTRX-0001//0426A0001
:86:TRF DARI BUDI SANTOSO
BK-7Q2M-18KD
:61:2604270427D2500,00NCHGNONREF
:86:BIAYA ADM
:61:abc
:61:2604270427RC100,00NTRFNONREF
:62F:C260427IDR1145507,00
-}
"""

ALL = {"bca": BCA, "bri": BRI, "mandiri": MANDIRI, "office": OFFICE, "mt940": MT940}


def csv_of(*lines):
    """A plain statement: each line is (day, text, credit)."""
    rows = "".join(f"{day};{text};{credit}\n" for day, text, credit in lines)
    return f"Tanggal;Keterangan;Kredit\n{rows}".encode()
