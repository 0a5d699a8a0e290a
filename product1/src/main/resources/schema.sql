-- The tables of the stock, for SQLite and for PostgreSQL. Each instance runs this when it starts (profile stock).

-- the orders that the stock has counted
create table if not exists handled_order (
	order_id varchar(36) primary key
);

-- how many of a product are left; negative if more were ordered than there were
create table if not exists product_stock (
	product varchar(100) primary key,
	amount bigint not null
);
