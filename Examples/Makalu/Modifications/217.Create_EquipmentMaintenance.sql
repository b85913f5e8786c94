-- tk 2016-11-09

create table EquipmentMaintenance (
    EquipmentMaintenanceId int not null auto_increment,
    EquipmentId            int not null,
    DueOn                  date not null,
    DoneOn                 date null,
    Description            varchar(200) not null,
    primary key (EquipmentMaintenanceId),
    constraint FK_EquipmentMaintenance_Equipment foreign key (EquipmentId) references Equipment (EquipmentId) on delete cascade
) engine=innodb;
