-- tk 2014-11-25

alter table Invoice add column SentOn datetime null after DueOn;
