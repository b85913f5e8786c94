create table RoyaltyStatement (
    RoyaltyStatementId int not null auto_increment,
    FranchiseId        int not null,
    RoyaltyPeriodId    int not null,
    GrossSales         decimal(12, 2) not null,
    RoyaltyAmount      decimal(10, 2) not null,
    MarketingAmount    decimal(10, 2) not null default 0,
    CreatedOn          datetime not null default current_timestamp,
    PaidOn             date null,
    primary key (RoyaltyStatementId),
    unique key UK_RoyaltyStatement (FranchiseId, RoyaltyPeriodId),
    constraint FK_RoyaltyStatement_Franchise foreign key (FranchiseId) references Franchise (FranchiseId),
    constraint FK_RoyaltyStatement_RoyaltyPeriod foreign key (RoyaltyPeriodId) references RoyaltyPeriod (RoyaltyPeriodId)
) engine=innodb;
