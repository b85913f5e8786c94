-- tk 2015-12-28

alter table FranchiseFee
    add column RoyaltyStatementId int null,
    add column Note varchar(200) null;
