--
-- Author: A. Duarte
-- Date:   2022-11-07
-- Written by the trainers; the semicolons and quotes are theirs.
--

INSERT INTO CallScript (Code, Language, Body) VALUES
    ('greeting', 'en', 'Thank you for calling Makalu; my name is {{agent}}. How may I help you & your stone?'),
    ('greeting', 'es', 'Gracias por llamar a Makalu; le habla {{agent}}. ¿En qué puedo ayudarle?'),
    ('etching', 'en', 'Those dull spots are called "etching" -- acid (wine, lemon, vinegar) ate the polish; it''s not a stain.\nDon\'t scrub it; /* really */ just keep it dry. # we can polish it'),
    ('price', 'en', 'A typical bathroom is $400; a lobby? "It depends" -- we come and measure, free of charge.');
