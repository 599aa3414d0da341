"""A made-up HR table with the traps of real ones: byte order mark, padding, a root that reports to itself."""

from __future__ import annotations

from pathlib import Path

UNITS = 6

ROWS = (
    "\ufeffEmployee_Name,EmpID,Work Email,ManagerID,Department,Location,"
    "Sex,DOB,Salary,DateofHire,DateofTermination\r\n"
    '"Berg, Ada  K",1,Ada@Example.org,1,Office of the Head   ,Oslo,F,01/02/70,90000,7/5/2011,\r\n'
    '"Holt, Ben",2,ben@example.org,1,Sales       ,Oslo,M ,03/04/81,50000,1/30/2015,\r\n'
    '"Ito, Cleo   ",3,cleo@example.org,2,Sales,Rome,F,05/06/82,50000,3/2/2016,12/31/2020\r\n'
    '"Lund, Dan",4,dan@example.org,99,Research,Rome,M,07/08/83,50000,someday,\r\n'
    '"Moss, Eve",5,,,Research,Rome,F,09/10/84,50000,5/5/2017,\r\n'
    '"Moss, Eve",5,,,Research,Rome,F,09/10/84,50000,5/5/2017,\r\n'
)


def make(folder: Path) -> Path:
    """Write the sample and return its path."""
    path = folder / "staff.csv"
    path.write_bytes(ROWS.encode("utf-8"))
    return path
