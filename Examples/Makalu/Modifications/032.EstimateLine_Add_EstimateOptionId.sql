-- tk 2013-08-26

alter table EstimateLine add column EstimateOptionId int null;
