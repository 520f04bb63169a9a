"""Where a customer file may lie: a folder of CSV and Parquet files, SQLite, PostgreSQL. All end as sheets."""
