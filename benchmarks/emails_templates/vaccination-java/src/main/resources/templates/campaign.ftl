<p>Dear resident,</p>
<p>Vaccination centres are open this week-end in ${city}. Everyone over 12 can come without appointment.</p>
<p>Flu can cause serious illness such as pneumonia. Vaccination helps protect you and people with chronic diseases.</p>
