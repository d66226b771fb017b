"""Spreadsheets read into frozen drafts: nothing here opens a desk or writes one."""
