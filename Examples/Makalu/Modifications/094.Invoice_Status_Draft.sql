# tk: Invoices get proofread now.

alter table Invoice modify column Status enum ('Draft', 'Open', 'Paid', 'Void') not null default 'Draft';
