# tk: Owners want to see which invoices went in.

create table RoyaltyStatementLine (
    RoyaltyStatementLineId int not null auto_increment,
    RoyaltyStatementId     int not null,
    InvoiceId              int not null,
    Amount                 decimal(10, 2) not null,
    primary key (RoyaltyStatementLineId),
    constraint FK_RoyaltyStatementLine_RoyaltyStatement foreign key (RoyaltyStatementId) references RoyaltyStatement (RoyaltyStatementId) on delete cascade,
    constraint FK_RoyaltyStatementLine_Invoice foreign key (InvoiceId) references Invoice (InvoiceId)
) engine=innodb;
