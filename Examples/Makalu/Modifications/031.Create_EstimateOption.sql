# tk: Good, better, best: customers choose one of up to three options.

create table EstimateOption (
    EstimateOptionId int not null auto_increment,
    EstimateId       int not null,
    Name             varchar(60) not null,
    IsSelected       tinyint(1) not null default 0,
    TotalAmount      decimal(10, 2) not null default 0,
    primary key (EstimateOptionId),
    constraint FK_EstimateOption_Estimate foreign key (EstimateId) references Estimate (EstimateId) on delete cascade
) engine=innodb;
